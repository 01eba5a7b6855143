import asyncio as asyncio
import tempfile as tempfile
import uuid as uuid

import platformdirs as platformdirs
