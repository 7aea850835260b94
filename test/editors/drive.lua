-- What a user does in Neovim, by its own functions: looks at findings, hovers, takes the first code action. The outcome goes to $OUTCOME.
local outcome = {}

local function wait_for(what, ready)
  local found
  local done = vim.wait(60000, function()
    found = ready()
    return found ~= nil and found ~= false
  end, 50)
  if not done then error("waited in vain for " .. what) end
  return found
end

local function finding(code)
  return wait_for(code, function()
    for _, it in ipairs(vim.diagnostic.get(0)) do
      if it.code == code then return it end
    end
  end)
end

local function floating_text()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), "\n")
    end
  end
end

local function hover_over(it)
  vim.api.nvim_win_set_cursor(0, { it.lnum + 1, it.col })
  vim.lsp.buf.hover()
  local text = wait_for("a hover", floating_text)
  vim.cmd("normal! \27")
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then vim.api.nvim_win_close(window, true) end
  end
  return text
end

local function drive()
  outcome.version = tostring(vim.fn.execute("version")):match("NVIM v([%d.]+)")
  vim.cmd("edit src/main.rs")
  local mistake = finding("disabled-verification")
  outcome.message = mistake.message
  outcome.hover = hover_over(mistake)
  vim.ui.select = function(items, options, choose)
    outcome.actions = vim.tbl_map(options.format_item, items)
    choose(items[1], 1)
  end
  vim.api.nvim_win_set_cursor(0, { mistake.lnum + 1, mistake.col })
  vim.lsp.buf.code_action()
  wait_for("the fix", function() return vim.fn.search("danger_accept_invalid_certs", "nw") == 0 end)
  wait_for("the finding to go", function() return #vim.diagnostic.get(0) == 0 end)
  vim.cmd("silent write")
  vim.cmd("edit certs/old.pem")
  outcome.certificate = hover_over(finding("expired-certificate"))
end

local ok, failure = pcall(drive)
if not ok then outcome.failure = tostring(failure) end
vim.fn.writefile({ vim.json and vim.json.encode(outcome) or vim.fn.json_encode(outcome) }, vim.env.OUTCOME)
vim.cmd("qall!")
