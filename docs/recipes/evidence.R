# The evidence of one fact: every passage that tells of it, and whether it supports, denies or questions it.
library(jsonlite)
api <- paste0(Sys.getenv("ARMSDB_URL", "http://127.0.0.1:8000"), "/api/v1")

transfer <- fromJSON(paste0(api, "/transfers/articles-t44/"))
cat(transfer$name, "\n", transfer$evidence, ": ", transfer$evidence_reason, "\n", sep = "")
with(transfer$citations, cat(paste(stance, paste0(source$name, ", ", locator), page, sep = "\t"), sep = "\n"))
