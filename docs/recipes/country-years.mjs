// What a country sent, year by year. What is of several years stands under its span, undivided.
const api = `${process.env.ARMSDB_URL ?? "http://127.0.0.1:8000"}/api/v1`;

const { results } = await (await fetch(`${api}/transfers/summary/?supplier=russia&group_by=year,recipient`)).json();
for (const row of results) {
  console.log([row.year ?? row.span ?? "no year", row.recipient?.name ?? "not known", row.transfers].join("\t"));
}
