"""The synthetic province: known truth in, workbooks in the official layouts out."""
