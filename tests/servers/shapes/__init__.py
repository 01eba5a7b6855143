"""What a request to Bitrix24 may look like, held against every request that Parley sends."""
