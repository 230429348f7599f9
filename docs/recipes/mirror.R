# Mirror everything: first the cursor of now, then every list whole as JSON lines; from then on follow the changes.
library(jsonlite)
api <- paste0(Sys.getenv("ARMSDB_URL", "http://127.0.0.1:8000"), "/api/v1")

kinds <- c("countries", "organisations", "people", "equipment", "transfers", "figures", "sanctions", "events",
           "ownerships", "roles", "sources", "citations", "datasets")
folder <- Sys.getenv("MIRROR", "armsdb-mirror")
dir.create(folder, showWarnings = FALSE)
writeLines(fromJSON(paste0(api, "/changes/"))$cursor, file.path(folder, "cursor"))
for (kind in kinds) {
  file <- file.path(folder, paste0(kind, ".jsonl"))
  download.file(paste0(api, "/", kind, "/?format=jsonl"), file, quiet = TRUE)
  cat(kind, length(readLines(file)), "\n")
}
