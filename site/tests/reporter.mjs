// One line per test, the errors, and a plain last line with the counts.

export default async function* reporter(events) {
  const began = performance.now();
  let [passed, failed] = [0, 0];
  for await (const { type, data } of events) {
    if (type === "test:stdout" || type === "test:stderr") yield data.message;
    if ((type !== "test:pass" && type !== "test:fail") || data.details.type === "suite" || data.name.endsWith(".ts")) continue;
    if (type === "test:pass") passed += 1;
    else failed += 1;
    yield `${type === "test:pass" ? "ok  " : "FAIL"} ${data.name} (${(data.details.duration_ms / 1000).toFixed(1)} s)\n`;
    const error = data.details.error;
    if (error) yield `${error.cause?.stack ?? error.cause ?? error.message}\n`;
  }
  yield `${passed} passed, ${failed} failed in ${((performance.now() - began) / 1000).toFixed(1)}s\n`;
}
