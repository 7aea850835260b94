/** Templates of Helm, Jinja and their like: what is made of them is not known. */
export const isTemplate = (text: string): boolean => text.includes("{{");

/** Where a configuration that is no YAML is one: at its first expression or statement. */
export function templateAt(text: string): number | undefined {
  const statement = text.indexOf("{%");
  const found = [text.indexOf("{{"), text.indexOf("%}", statement) < 0 ? -1 : statement].filter((it) => it >= 0);
  return found.length === 0 ? undefined : Math.min(...found);
}
