import asyncio as asyncio

import platformdirs as platformdirs
