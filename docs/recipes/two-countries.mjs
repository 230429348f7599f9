// Two countries: what each supplied to the other, and how much of it is dated.
const api = `${process.env.ARMSDB_URL ?? "http://127.0.0.1:8000"}/api/v1`;

const { supplied } = await (await fetch(`${api}/relations/russia/myanmar/`)).json();
for (const { supplier, recipient, transfers, undated } of supplied) {
  console.log(`${supplier.name} to ${recipient.name}: ${transfers} transfers, ${undated} without a date`);
}
