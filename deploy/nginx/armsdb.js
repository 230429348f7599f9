// What nginx says by itself: how old a kept answer is, and its own refusals.

const TITLES = {
    400: ["Bad Request", "The request cannot be understood."],
    413: ["Content Too Large", "What was sent is larger than this site takes."],
    414: ["URI Too Long", "The address is longer than 8190 characters."],
    429: ["Too Many Requests", "You ask more often than this site can answer; please wait a moment."],
    431: ["Request Header Fields Too Large", "The headers of the request are too long."],
    502: ["Bad Gateway", "This site cannot answer just now; please ask again in a minute."],
    503: ["Service Unavailable", "This site cannot answer just now; please ask again in a minute."],
    504: ["Gateway Timeout", "This site took too long to answer; please ask again in a minute."],
};
// Seconds after which to ask again, where it helps.
const AGAIN = {429: "5", 502: "30", 503: "30", 504: "30"};

// Seconds since the application gave the answer; empty where it did not.
function age(request) {
    const given = Date.parse(request.variables.upstream_http_date);
    return isNaN(given) ? "" : String(Math.max(0, Math.floor((Date.now() - given) / 1000)));
}

// A page that needs nothing else, or a problem (RFC 9457).
function refuse(request) {
    const status = Number(request.variables.status) in TITLES ? Number(request.variables.status) : 400;
    const title = TITLES[status][0];
    const detail = TITLES[status][1];
    const headers = request.headersOut;
    headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'";
    headers["X-Content-Type-Options"] = "nosniff";
    headers["Cache-Control"] = "no-store";
    if (status in AGAIN) {
        headers["Retry-After"] = AGAIN[status];
    }
    if (request.variables.armsdb_shape === "problem") {
        headers["Content-Type"] = "application/problem+json";
        headers["Access-Control-Allow-Origin"] = "*";
        request.return(status, JSON.stringify({type: "about:blank", title, status, detail, errors: []}));
    } else {
        headers["Content-Type"] = "text/html; charset=utf-8";
        request.return(status, `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>${title} – ArmsDB</title><h1>${title}</h1><p>${detail}</p></html>
`);
    }
}

export default {age, refuse};
