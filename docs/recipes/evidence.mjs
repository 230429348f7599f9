// The evidence of one fact: every passage that tells of it, and whether it supports, denies or questions it.
const api = `${process.env.ARMSDB_URL ?? "http://127.0.0.1:8000"}/api/v1`;

const transfer = await (await fetch(`${api}/transfers/articles-t44/`)).json();
console.log(transfer.name);
console.log(`${transfer.evidence}: ${transfer.evidence_reason}`);
for (const { stance, source, locator, page } of transfer.citations) {
  console.log([stance, `${source.name}, ${locator}`, page].join("\t"));
}
