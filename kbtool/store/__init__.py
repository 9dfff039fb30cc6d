"""All disk access of kbtool."""
