"""What a judgement may be, undo, what comes next, and how far reviewers agree."""
