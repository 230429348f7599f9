// What changed since the last time: keep the cursor of each answer, and ask with it the next time.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const api = `${process.env.ARMSDB_URL ?? "http://127.0.0.1:8000"}/api/v1`;
const kept = process.env.CURSOR_FILE ?? "armsdb-cursor";

if (!existsSync(kept)) writeFileSync(kept, (await (await fetch(`${api}/changes/`)).json()).cursor);
let next = `${api}/changes/?since=${readFileSync(kept, "utf8").trim()}`;
while (next) {
  const answer = await (await fetch(next)).json();
  for (const { state, type, id, url } of answer.results) console.log([state, type, id ?? "many", url].join("\t"));
  writeFileSync(kept, answer.cursor);
  next = answer.next;
}
console.log(`known until ${readFileSync(kept, "utf8").trim()}`);
