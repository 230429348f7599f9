# Ask again at no cost: send the tag of the answer that you have; 304 means that it is still right.
library(jsonlite)
api <- paste0(Sys.getenv("ARMSDB_URL", "http://127.0.0.1:8000"), "/api/v1")

library(curl)
address <- paste0(api, "/transfers/?recipient=myanmar")
tag <- parse_headers_list(curl_fetch_memory(address)$headers)$etag
again <- curl_fetch_memory(address, handle = new_handle(httpheader = paste("If-None-Match:", tag)))
cat(again$status_code, "\n")
