"""``cli.py init``: an empty data folder and a key for a real province."""

from pathlib import Path

from commands.folder import is_demo_folder, make_folder, mark_kind
from commands.terminal import complain
from warehouse.keys import create_key_file
from warehouse.settings import settings
from warehouse.storage import StorageFault, storage_faults


def run(data: Path) -> int:
    """0 when the folder is ready, 2 where it already holds data or cannot be written."""
    if is_demo_folder(data) is not None:
        complain(f"Thư mục {data} đã có dữ liệu: không thay đổi gì.")
        return 2
    key_file = (settings().key_file or data / "key.json").absolute()
    try:
        with storage_faults(data):
            make_folder(data, is_demo=False)
            (data / "inbox").mkdir(exist_ok=True)
        with storage_faults(key_file.parent):
            make_folder(key_file.parent, is_demo=False)
            if not key_file.exists():
                create_key_file(key_file)
        with storage_faults(data):
            mark_kind(data, is_demo=False)
    except StorageFault as fault:
        complain(str(fault))
        return 2
    complain(
        f"Đã tạo {data}. Tệp khóa: {key_file}.\n"
        "HÃY SAO LƯU TỆP KHÓA NGAY, ở nơi khác với dữ liệu: mất khóa là mất tên và hồ sơ gốc, không cách nào lấy lại.\n"
        f"Đặt biến môi trường POVERTY_KEY_FILE={key_file}, bỏ tệp các xã gửi vào {data / 'inbox'}, rồi chạy:\n"
        f"  python cli.py build --from {data / 'inbox'} --data {data}"
    )
    return 0
