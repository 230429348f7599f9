# All transfers in which a company takes part, page by page: a cursor walks any list, each row once.
library(jsonlite)
api <- paste0(Sys.getenv("ARMSDB_URL", "http://127.0.0.1:8000"), "/api/v1")

address <- paste0(api, "/transfers/?company=rosoboronexport&cursor=&page_size=500&fields=id,name,evidence")
while (!is.null(address)) {
  page <- fromJSON(address)
  with(page$results, cat(paste(id, evidence, name, sep = "\t"), sep = "\n"))
  address <- page$`next`
}
