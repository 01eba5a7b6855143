"""What is seen: Qt, and nothing that decides."""
