"""Values that turns want kept and later steps are told: of the desk, of actions and partners, of workbooks."""
