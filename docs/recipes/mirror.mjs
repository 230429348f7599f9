// Mirror everything: first the cursor of now, then every list whole as JSON lines; from then on follow the changes.
import { mkdirSync, writeFileSync } from "node:fs";

const api = `${process.env.ARMSDB_URL ?? "http://127.0.0.1:8000"}/api/v1`;
const kinds = ["countries", "organisations", "people", "equipment", "transfers", "figures", "sanctions", "events"];
kinds.push("ownerships", "roles", "sources", "citations", "datasets");
const folder = process.env.MIRROR ?? "armsdb-mirror";

mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/cursor`, (await (await fetch(`${api}/changes/`)).json()).cursor);
for (const kind of kinds) {
  const answer = await fetch(`${api}/${kind}/?format=jsonl`);
  const text = await answer.text();
  const lines = text.split("\n").length - 1;
  if (lines !== Number(answer.headers.get("ArmsDB-Rows"))) throw new Error(`${kind} is not whole`);
  writeFileSync(`${folder}/${kind}.jsonl`, text);
  console.log(kind, lines);
}
