# Writes reference/*.csv, the answers that the tests hold us to: R 4.2.2, survival 3.5-3, cmprsk 2.2-11 (Debian 12).
# Run in this folder: Rscript reference.R
library(survival)
library(cmprsk)
options(digits = 17)

say <- function(table, name) {
  numbers <- sapply(table, is.double)
  table[numbers] <- lapply(table[numbers], function(x) sprintf("%.17g", x))
  write.csv(table, file.path("reference", name), row.names = FALSE, quote = FALSE, na = "")
}
read <- function(name) read.csv(file.path("data", paste0(name, ".csv")))
kinds <- function(x) factor(x, levels = sort(unique(c(0, x))))
groups <- c(mice = "environment", leukaemia = "treatment", aml = "arm", small = "force", invented = "force",
            late = "force")

# Whole curves with the standard errors and limits of survfit (se "delta").
curves <- function(name) {
  d <- read(name)
  d$g <- d[[groups[[name]]]]
  out <- NULL
  for (g in sort(unique(d$g))) {
    one <- d[d$g == g, ]
    # an outcome that nobody has keeps survfit on its way for several outcomes
    one$e <- factor(one$outcome, levels = c(0, sort(unique(c(1, 2, d$outcome[d$outcome > 0])))))
    one$id <- seq_len(nrow(one))
    fit <- function(type) {
      if (name == "late") survfit(Surv(entry, days, e) ~ 1, data = one, id = id, conf.type = type)
      else survfit(Surv(days, e) ~ 1, data = one, conf.type = type)
    }
    f <- fit("log-log")
    for (k in setdiff(levels(one$e), "0")) {
      if (!(as.numeric(k) %in% d$outcome)) next
      j <- match(k, f$states)
      part <- data.frame(group = g, outcome = k, day = f$time, n_risk = f$n.risk[, 1], n_events = f$n.event[, j],
        estimate = f$pstate[, j], se = f$std.err[, j])
      for (type in c("log-log", "log", "plain")) {
        limits <- suppressWarnings(fit(type))
        part[[paste0("lower_", sub("-", "", type))]] <- limits$lower[, j]
        part[[paste0("upper_", sub("-", "", type))]] <- limits$upper[, j]
      }
      out <- rbind(out, part)
    }
  }
  say(out, paste0(name, "_curves.csv"))
}
for (name in names(groups)) curves(name)

# Aalen's standard errors, and Gray's test, of cuminc.
aalen <- function(name) {
  d <- read(name)
  d$g <- d[[groups[[name]]]]
  out <- NULL
  for (g in sort(unique(d$g))) {
    one <- d[d$g == g, ]
    if (!any(one$outcome > 0)) next
    f <- cuminc(one$days, one$outcome, rep("all", nrow(one)))
    f$Tests <- NULL
    for (n in names(f)) {
      k <- sub("^all ", "", n)
      last <- !duplicated(f[[n]]$time, fromLast = TRUE)
      out <- rbind(out, data.frame(group = g, outcome = k, day = f[[n]]$time[last], estimate = f[[n]]$est[last],
        se = sqrt(f[[n]]$var[last])))
    }
  }
  say(out, paste0(name, "_aalen.csv"))
}
for (name in setdiff(names(groups), "late")) aalen(name)
gray <- NULL
add <- function(name, group, strata, f) {
  t <- f$Tests
  data.frame(data = name, group = group, strata = strata, outcome = rownames(t), statistic = t[, "stat"],
    df = t[, "df"], p_value = t[, "pv"])
}
for (name in setdiff(names(groups), "late")) {
  d <- read(name)
  gray <- rbind(gray, add(name, groups[[name]], "", cuminc(d$days, d$outcome, d[[groups[[name]]]])))
}
d <- read("invented")
gray <- rbind(gray, add("invented", "age", "", cuminc(d$days, d$outcome, d$age)))
gray <- rbind(gray, add("invented", "force", "sex", cuminc(d$days, d$outcome, d$force, d$sex)))
gray <- rbind(gray, add("invented", "sex", "force", cuminc(d$days, d$outcome, d$sex, d$force)))
say(gray, "gray.csv")

# Cox models of one outcome, the others as censored, and Fine-Gray models.
cox <- NULL
tight <- coxph.control(eps = 1e-14, iter.max = 50, toler.chol = 1e-13)
for (ties in c("breslow", "efron")) for (k in 1:3) {
  f <- coxph(Surv(days, outcome == k) ~ factor(force) + factor(age) + factor(sex), data = d, ties = ties,
    control = tight)
  cox <- rbind(cox, data.frame(data = "invented", model = ties, outcome = k, term = names(coef(f)),
    coefficient = coef(f), se = sqrt(diag(vcov(f)))))
}
l <- read("late")
for (ties in c("breslow", "efron")) {
  f <- coxph(Surv(entry, days, outcome == 1) ~ factor(force), data = l, ties = ties, control = tight)
  cox <- rbind(cox, data.frame(data = "late", model = ties, outcome = 1, term = names(coef(f)),
    coefficient = coef(f), se = sqrt(diag(vcov(f)))))
}
m <- read("mice")
for (ties in c("breslow", "efron")) for (k in 1:3) {
  f <- coxph(Surv(days, outcome == k) ~ factor(environment), data = m, ties = ties, control = tight)
  cox <- rbind(cox, data.frame(data = "mice", model = ties, outcome = k, term = names(coef(f)),
    coefficient = coef(f), se = sqrt(diag(vcov(f)))))
}
# crr at day t and at t + 1: it changes its answer where cases are censored on day 0.
fg <- function(name, formula, k, shift) {
  d <- read(name)
  x <- model.matrix(formula, data = d)[, -1, drop = FALSE]
  f <- crr(d$days + shift, d$outcome, x, failcode = k, gtol = 1e-12, maxiter = 50)
  data.frame(data = name, model = paste0("fine-gray+", shift), outcome = k, term = colnames(x),
    coefficient = f$coef, se = sqrt(diag(f$var)))
}
for (shift in 0:1) for (k in 1:3) {
  cox <- rbind(cox, fg("invented", ~ factor(force) + factor(age) + factor(sex), k, shift))
  cox <- rbind(cox, fg("mice", ~ factor(environment), k, shift))
}
cox$term <- sub("factor\\((.*)\\)(.*)", "\\1 \\2", cox$term)
say(cox, "regression.csv")
