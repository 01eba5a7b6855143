"""What can be done: asynchronous verbs over the store and remote systems."""
