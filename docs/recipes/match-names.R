# Match a list of names: which records they mean, in whatever spelling. Take those that match; look at the others.
library(jsonlite)
api <- paste0(Sys.getenv("ARMSDB_URL", "http://127.0.0.1:8000"), "/api/v1")

names <- c("Rosoboroneksport", "Уралвагонзавод", "Almaz Antey JSC", "Zeppelin Works")
for (name in names) {
  query <- toJSON(list(q = list(query = name, type = "company")), auto_unbox = TRUE)
  found <- fromJSON(paste0(api, "/reconcile/?queries=", URLencode(query, reserved = TRUE)))$q$result
  meant <- if (!length(found)) "nothing" else if (found$match[1]) found$id[1] else paste("perhaps", found$id[1])
  cat(name, meant, sep = "\t")
  cat("\n")
}
