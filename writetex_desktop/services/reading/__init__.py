"""From a picture to markup: engines, jobs, drafts, checks and previews."""
