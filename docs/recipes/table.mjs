// A question as a table: CSV with every row, checked to be whole by the number that the answer tells.
const api = `${process.env.ARMSDB_URL ?? "http://127.0.0.1:8000"}/api/v1`;

const answer = await fetch(`${api}/transfers/?supplier=russia&recipient=myanmar&format=csv`);
const text = await answer.text();
console.log(`ArmsDB-Rows: ${answer.headers.get("ArmsDB-Rows")}`);
console.log(text.split("\n")[0].split(",").slice(0, 2).join(","));
