# Two countries: what each supplied to the other, and how much of it is dated.
library(jsonlite)
api <- paste0(Sys.getenv("ARMSDB_URL", "http://127.0.0.1:8000"), "/api/v1")

supplied <- fromJSON(paste0(api, "/relations/russia/myanmar/"))$supplied
with(supplied, cat(sprintf("%s to %s: %d transfers, %d without a date\n", supplier$name, recipient$name, transfers, undated)))
