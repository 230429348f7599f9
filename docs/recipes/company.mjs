// All transfers in which a company takes part, page by page: a cursor walks any list, each row once.
const api = `${process.env.ARMSDB_URL ?? "http://127.0.0.1:8000"}/api/v1`;

let next = `${api}/transfers/?company=rosoboronexport&cursor=&page_size=500&fields=id,name,evidence`;
while (next) {
  const page = await (await fetch(next)).json();
  for (const { id, evidence, name } of page.results) console.log([id, evidence, name].join("\t"));
  next = page.next;
}
