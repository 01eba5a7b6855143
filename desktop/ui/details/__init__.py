"""An event's details in the pane beside the calendar."""
