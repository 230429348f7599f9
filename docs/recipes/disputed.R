# What is disputed, and who denies it.
library(jsonlite)
api <- paste0(Sys.getenv("ARMSDB_URL", "http://127.0.0.1:8000"), "/api/v1")

results <- fromJSON(paste0(api, "/transfers/?evidence=disputed&page_size=500"))$results
for (at in seq_len(nrow(results))) {
  cat(results$name[at], "\n")
  with(subset(results$citations[[at]], stance != "supports"), cat(paste0("  ", stance, ": ", source$name, ", ", locator, "\n")))
}
