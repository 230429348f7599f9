// Ask again at no cost: send the tag of the answer that you have; 304 means that it is still right.
const api = `${process.env.ARMSDB_URL ?? "http://127.0.0.1:8000"}/api/v1`;

const address = `${api}/transfers/?recipient=myanmar`;
const first = await fetch(address);
await first.arrayBuffer();
const again = await fetch(address, { headers: { "If-None-Match": first.headers.get("ETag") } });
console.log(again.status);
