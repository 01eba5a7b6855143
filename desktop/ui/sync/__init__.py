"""What the user sees of syncing: its truth, its troubles, its waiting changes."""
