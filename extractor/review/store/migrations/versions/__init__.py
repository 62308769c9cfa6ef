"""The steps, in the order of their names. What was delivered is never changed; a change is a new step."""
