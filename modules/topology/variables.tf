variable "design_file" {
  description = "The path of the design file. It may be UTF-8 or UTF-16, with or without a byte order mark. Give this or design."
  type        = string
  default     = null
}

variable "design" {
  description = "The text of a design, where it comes from something else than a file. Give this or design_file."
  type        = string
  default     = null

  validation {
    condition     = (var.design == null) != (var.design_file == null)
    error_message = "Give one of design_file and design: design_file = \"design.yaml\" reads a file, design takes the text itself."
  }
}

variable "options" {
  description = "The options of check_topology for the output findings, such as { configmgr_version = \"2603\", environment = \"lab\" }. A function does not see the provider block: repeat here what that says."
  type        = any
  default     = {}
}

variable "required_roles" {
  description = "Answers of the data source configmgr_required_roles that the design has to cover, by any key."
  type        = any
  default     = null
}
