"""From the workbooks that communes send to rows of the contract."""
