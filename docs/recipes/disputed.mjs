// What is disputed, and who denies it.
const api = `${process.env.ARMSDB_URL ?? "http://127.0.0.1:8000"}/api/v1`;

const { results } = await (await fetch(`${api}/transfers/?evidence=disputed&page_size=500`)).json();
for (const { name, citations } of results) {
  console.log(name);
  for (const { stance, source, locator } of citations) {
    if (stance !== "supports") console.log(`  ${stance}: ${source.name}, ${locator}`);
  }
}
