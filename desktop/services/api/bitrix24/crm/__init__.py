"""What the CRM knows beside contacts: deals, leads, directories, the timeline."""
