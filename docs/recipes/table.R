# A question as a table: CSV with every row, checked to be whole by the number that the answer tells.
library(jsonlite)
api <- paste0(Sys.getenv("ARMSDB_URL", "http://127.0.0.1:8000"), "/api/v1")

table <- read.csv(paste0(api, "/transfers/?supplier=russia&recipient=myanmar&format=csv"))
cat("ArmsDB-Rows:", nrow(table), "\n")
print(head(table[c("id", "name")]))
