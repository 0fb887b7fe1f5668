"""Pages of the family portal: everybody may read them, without log-in and without cookies."""
