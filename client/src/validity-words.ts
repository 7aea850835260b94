/** How the client says how long something is valid still, or no longer: the same in views and in the certificate editor. */

/** `daysLeft`: whole days to the end, negative after it. `in 9 days`, `in less than a day`, `less than a day ago`, `1 day ago`. */
export const whenItEnds = (daysLeft: number): string => (daysLeft < 0 ? `${amount(-daysLeft - 1)} ago` : `in ${amount(daysLeft)}`);

/** `9 days left`, `less than a day left`, `expired 1 day ago`. */
export const timeLeft = (daysLeft: number): string => (daysLeft < 0 ? `expired ${whenItEnds(daysLeft)}` : `${amount(daysLeft)} left`);

const amount = (days: number): string => (days === 0 ? "less than a day" : `${days} ${days === 1 ? "day" : "days"}`);
