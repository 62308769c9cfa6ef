"""People and teams: who is who, who goes with what, who is meant."""
