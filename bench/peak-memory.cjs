/** Loaded before a program: says on the error stream how much memory it took at most. */
process.on("exit", () => console.error(`peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`));
