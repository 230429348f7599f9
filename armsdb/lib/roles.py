"""Who does what at the desk: editors propose what readers will see, reviewers decide."""

#: The names of the groups, as the desk shows them.
EDITORS = "Editors"
REVIEWERS = "Reviewers"

#: The permission that makes a reviewer: to decide on what others propose, and to change without asking.
REVIEW = "armsdb.review"
