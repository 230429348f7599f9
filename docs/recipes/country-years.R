# What a country sent, year by year. What is of several years stands under its span, undivided.
library(jsonlite)
api <- paste0(Sys.getenv("ARMSDB_URL", "http://127.0.0.1:8000"), "/api/v1")

rows <- fromJSON(paste0(api, "/transfers/summary/?supplier=russia&group_by=year,recipient"))$results
print(data.frame(year = ifelse(is.na(rows$year), rows$span, rows$year), recipient = rows$recipient$name, transfers = rows$transfers))
