"""One recommendation for many organisations, each with its own figures in the text."""
