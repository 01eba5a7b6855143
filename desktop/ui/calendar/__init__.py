"""The calendar: a grid of days, the popover of a new meeting, and the page that connects them."""
