# What changed since the last time: keep the cursor of each answer, and ask with it the next time.
library(jsonlite)
api <- paste0(Sys.getenv("ARMSDB_URL", "http://127.0.0.1:8000"), "/api/v1")

kept <- Sys.getenv("CURSOR_FILE", "armsdb-cursor")
if (!file.exists(kept)) writeLines(fromJSON(paste0(api, "/changes/"))$cursor, kept)
address <- paste0(api, "/changes/?since=", readLines(kept))
while (!is.null(address)) {
  answer <- fromJSON(address)
  if (length(answer$results)) print(answer$results[c("state", "type", "id", "url")])
  writeLines(answer$cursor, kept)
  address <- answer$`next`
}
cat("known until", readLines(kept), "\n")
