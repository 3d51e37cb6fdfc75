return {
  name = "setCustomer", key = "Code", help = "x",
  fields = { { "Code", "Text", 32, true, "x" } },
}
