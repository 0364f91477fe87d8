# A first script: run it by `minish examples/hello.sh`.

# A pipeline: all three programs run at the same time.
printf '%s\n' pear apple fig | sort | cat

# The status of a pipeline is its last command's; PIPESTATUS has them all.
false | true
echo "status $?, stages $PIPESTATUS"

# Lists: what runs depends on what came before.
true && echo "yes" || echo "no"
! false && echo "not false"

# Variables, and the words that they become.
name='a b'
printf '<%s>' "$name" $name
echo

# Braces run in the shell, parentheses in a copy of it.
{ x=1; }
( x=2 )
echo "x is $x"

# Both outputs of a group through one pipe.
{ echo out; echo err >&2; } 2>&1 | cat

# In the background, and waited for.
echo "in the background" &
wait
