# POSIX XCU 2.3: token recognition.

#### operators need no blanks
echo a|cat&&echo b;echo c>f;cat<f

#### a comment goes to the end of the line
echo a # b; echo c
# whole line
echo d#e

#### a comment ends with its line even after a backslash
echo a # b \
echo c

#### line continuation may stand in an operator
true &\
& echo a
true |\
| echo b

#### line continuation may stand in a parameter
abc=5; echo $a\
bc ${a\
bc}

#### tabs and blanks separate words
echo	a   b	 c

#### a number before a redirection is a descriptor
echo 2>f a; cat f; echo x2>f; cat f; echo 2 >f; cat f

#### newlines separate commands
echo a

echo b
:
