"""seeds -> extract -> schemas -> data: builds, runs, comparison, evaluation; the one place where extraction and schemas meet."""
