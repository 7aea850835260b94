/** Templates of Helm, Jinja and their like: what is made of them is not known. */
export const isTemplate = (text: string): boolean => text.includes("{{");
