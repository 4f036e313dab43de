"""What an organisation agreed on about AI, and how a question is read and judged by it."""
