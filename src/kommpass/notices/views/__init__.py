"""The pages of this room: the mails of the demo, and everybody's calendar."""
