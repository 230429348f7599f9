// Match a list of names: which records they mean, in whatever spelling. Take those that match; look at the others.
const api = `${process.env.ARMSDB_URL ?? "http://127.0.0.1:8000"}/api/v1`;

const names = ["Rosoboroneksport", "Уралвагонзавод", "Almaz Antey JSC", "Zeppelin Works"];
const queries = Object.fromEntries(names.map((query, at) => [`q${at}`, { query, type: "company" }]));
const body = new URLSearchParams({ queries: JSON.stringify(queries) });
const answer = await (await fetch(`${api}/reconcile/`, { method: "POST", body })).json();
names.forEach((name, at) => {
  const [first] = answer[`q${at}`].result;
  console.log([name, first ? (first.match ? first.id : `perhaps ${first.id}`) : "nothing"].join("\t"));
});
