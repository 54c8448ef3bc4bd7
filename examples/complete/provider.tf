provider "configmgr" {
  configmgr_version = "2603"

  # The day on which the design is judged. Without it, rules about dates, such as the end of support of a version, are
  # not decided, because a plan does not depend on the day it is made.
  review_date = "2026-10-01"
}
