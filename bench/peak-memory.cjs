/** Loaded before a program: says on the error stream how much memory it took at most, and how much CPU. */
process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  console.error(`peak ${Math.round(maxRSS / 1024)} MB, cpu ${Math.round((userCPUTime + systemCPUTime) / 1000)} ms`);
});
